/** What is done when nobody works: it only copies and repacks what is durable already. */
import type { Refusal } from '../../shared/result';
import { storageRefusal } from './storageRefusal';

/** Quiet time in milliseconds before it begins. */
const IDLE_MS = 3000;

export interface IdleWorkDeps {
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly isWriter: () => boolean;
  /** What must not overlap with writing. When it fails it is tried again later. */
  readonly work: () => Promise<void>;
  /** What may take long, after that. */
  readonly afterwards: () => Promise<void>;
  readonly notify: () => void;
}

export interface IdleWork {
  /** Somebody has written: starts waiting anew. */
  soon(): void;
  /** At once. */
  now(): Promise<void>;
  /** Why the last attempt failed. */
  trouble(): Refusal | undefined;
  report(refusal: Refusal): void;
  stop(): void;
}

export function createIdleWork(deps: IdleWorkDeps): IdleWork {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trouble: Refusal | undefined;

  async function attempt(): Promise<void> {
    if (!deps.isWriter()) return;
    try {
      await deps.work();
      trouble = undefined;
    } catch (error) {
      const refused = storageRefusal(error);
      trouble = refused.ok ? undefined : refused.refusal;
      deps.notify();
    }
  }

  return {
    soon() {
      clearTimeout(timer);
      timer = setTimeout(() => void deps.serial(attempt).then(deps.afterwards), IDLE_MS);
    },
    now: () => deps.serial(attempt),
    trouble: () => trouble,
    report(refusal) {
      trouble = refusal;
      deps.notify();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
