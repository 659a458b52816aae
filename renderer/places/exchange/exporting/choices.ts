/** What the person decided in the export form, by sort of file. */
import type { Scope } from '../../../../shared/exchange/manifest';
import type { Peer } from '../../../store/exchangeStore';
import type { ExportContent } from '../../../exchange/exportFile';
import type { Receiver } from '../../../exchange/receivers';

/** For enrolled devices; unencrypted only in drills. */
export interface DevicesChoice {
  readonly sort: 'devices';
  readonly receivers: readonly Receiver[];
  readonly content: ExportContent;
  readonly encrypted: boolean;
  readonly blobs: readonly string[];
}

/** For a device without keys, under a passphrase. */
export interface PassphraseChoice {
  readonly sort: 'passphrase';
  /** Undefined: a new laptop. */
  readonly peer: Peer | undefined;
  readonly content: 'snapshot' | 'changes';
  readonly passphrase: string;
}

/** For somebody outside. */
export interface ExtractChoice {
  readonly sort: 'extract';
  readonly scope: Scope;
  /** Bytes of attachments. */
  readonly budget: number;
  readonly passphrase: string;
}

export type ExportChoice = DevicesChoice | PassphraseChoice | ExtractChoice;
export type ExportSort = ExportChoice['sort'];

export interface FormProps<T> {
  readonly onSubmit: (choice: T) => void;
  readonly onCancel: () => void;
  /** What is said above the buttons. */
  readonly note: React.ReactNode;
}
