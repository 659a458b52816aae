/**
 * The one door between page and shell. Every call is checked here, sender and payload, before
 * anything acts on it; what passes has the types of the contract.
 */
import { z } from 'zod';
import { maximumFileBytes, type HostCalls, type HostMethod } from '../../shared/host';

/** Bytes of a file that cross at a time. */
const MAX_PIECE = 16 * 1024 * 1024;

const name = z.string().min(1).max(255);
const extensions = z
  .array(z.string().regex(/^(?:\*|[a-z0-9]+(?:\.[a-z0-9]+)*)$/i))
  .min(1)
  .max(20);
const filters = z.array(z.strictObject({ name: z.string().max(255), extensions })).max(20);
const bytes = z
  .instanceof(Uint8Array<ArrayBufferLike>)
  .refine((value) => value.byteLength <= maximumFileBytes);
const piece = z
  .instanceof(Uint8Array<ArrayBufferLike>)
  .refine((value) => value.byteLength <= MAX_PIECE);
const replica = z.string().min(1).max(64);

const payloads = {
  info: z.tuple([]),
  openFiles: z.tuple([z.strictObject({ filters, multiple: z.boolean() })]),
  openFolder: z.tuple([z.strictObject({ extensions })]),
  readPath: z.tuple([z.string().min(1).max(4096)]),
  chooseSaveFolder: z.tuple([]),
  saveInFolder: z.tuple([z.strictObject({ folder: z.uuid(), name, bytes })]),
  takeGivenFiles: z.tuple([]),
  saveFile: z.tuple([z.strictObject({ name, filters, bytes })]),
  beginSave: z.tuple([z.strictObject({ name, filters })]),
  beginSaveInFolder: z.tuple([z.strictObject({ folder: z.uuid(), name })]),
  writeSave: z.tuple([z.strictObject({ id: z.uuid(), bytes: piece })]),
  endSave: z.tuple([z.strictObject({ id: z.uuid(), keep: z.boolean() })]),
  print: z.tuple([]),
  savePdf: z.tuple([z.strictObject({ name })]),
  setLocale: z.tuple([z.enum(['en', 'zh-CN'])]),
  keepExported: z.tuple([replica, z.number().int().nonnegative()]),
  exported: z.tuple([replica]),
} satisfies { readonly [M in HostMethod]: z.ZodType<Parameters<HostCalls[M]>> };

export type Handlers = HostCalls;

/** Where a call came from, as far as trusting it goes. */
export interface Sender {
  readonly isMainFrame: boolean;
  readonly url: string;
}

export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
}

/** Throws `RefusedCall` for a call this program's own page would never make. */
export function answerCall(
  handlers: Handlers,
  isOwnPage: (url: string) => boolean,
): (sender: Sender | undefined, method: unknown, args: unknown) => Promise<unknown> {
  return async (sender, method, args) => {
    if (!sender?.isMainFrame || !isOwnPage(sender.url)) throw new RefusedCall('unknown sender');
    if (!isMethod(method)) throw new RefusedCall('unknown method');
    return dispatch(handlers, method, args);
  };
}

function isMethod(method: unknown): method is HostMethod {
  return typeof method === 'string' && Object.hasOwn(payloads, method);
}

async function dispatch<M extends HostMethod>(
  handlers: Handlers,
  method: M,
  args: unknown,
): Promise<unknown> {
  const parsed = payloads[method].safeParse(args);
  // The issues would repeat the payload; the name of the method is all a log may hold.
  if (!parsed.success) throw new RefusedCall(`unexpected payload for ${method}`);
  const handler = handlers[method] as (...checked: readonly unknown[]) => Promise<unknown>;
  return handler(...parsed.data);
}
