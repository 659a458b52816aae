/** Printing the page as shown, on paper or as a PDF. */
import type { WebContents } from 'electron';
import type { Host } from '../../shared/host';
import { ok, refuse, type Result } from '../../shared/result';
import { saveAs, type FileDialogs } from './files';
import { writeAtomically } from './writeAtomically';

export function print(contents: Pick<WebContents, 'print'>): Host['print'] {
  return () =>
    new Promise((resolve) => {
      contents.print({ printBackground: true }, (done, reason) => resolve(printed(done, reason)));
    });
}

/** A person who closes the dialogue has not met a failure. */
function printed(done: boolean, reason: string): Result<null> {
  return done || /cancel/i.test(reason) ? ok(null) : refuse('host.printFailed');
}

export function savePdf(
  contents: Pick<WebContents, 'printToPDF'>,
  dialogs: Pick<FileDialogs, 'showSaveDialog'>,
  write: typeof writeAtomically = writeAtomically,
): Host['savePdf'] {
  return ({ name }) => {
    const fileName = /\.pdf$/i.test(name) ? name : `${name}.pdf`;
    const filters = [{ name: 'PDF', extensions: ['pdf'] }];
    return saveAs(dialogs, write, fileName, filters, async () =>
      ok(
        await contents.printToPDF({
          pageSize: 'A4',
          printBackground: true,
          preferCSSPageSize: true,
          generateTaggedPDF: true,
        }),
      ),
    );
  };
}
