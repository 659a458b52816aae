/** Must be the first import: zod otherwise probes `new Function`, which the page's CSP forbids. */
import { z } from 'zod';

z.config({ jitless: true });
