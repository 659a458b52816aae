/** Lets a ref field open the form of another kind without leaving its own. */
import { createContext } from 'react';

export interface CreateRequest {
  readonly kind: string;
  /** What was typed; becomes the title. */
  readonly title: string;
  onCreated(id: string): void;
}

export const CreateRecordContext = createContext<((request: CreateRequest) => void) | undefined>(
  undefined,
);
