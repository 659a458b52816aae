/** Reads spreadsheets off the page's thread. One request, one answer. */
import { readSheet, type ReadRequest } from './tabularRead';

/** The types of this folder are a page's, whose `postMessage` takes another second argument. */
const answer = self as unknown as Pick<Worker, 'postMessage'>;

self.addEventListener('message', (event: MessageEvent<ReadRequest>) => {
  void readSheet(event.data).then((result) => answer.postMessage(result, []));
});
