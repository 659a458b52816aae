/** The nonce of this response, for the style tags that the component library adds. */
import { setNonce } from 'get-nonce';

export const styleNonce: string =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

if (styleNonce) setNonce(styleNonce);
