/**
 * Expected failure as a value. `code` is a key under `errors` in the locales; `params` fill its
 * placeholders. Thrown exceptions are reserved for bugs.
 */
export interface Refusal {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (code: string, params?: Refusal['params']): Result<never> => ({
  ok: false,
  refusal: params ? { code, params } : { code },
});
