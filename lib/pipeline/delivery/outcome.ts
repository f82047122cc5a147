/** What became of one batch. */
export type Outcome =
  /** It was taken, but for so many spans that the backend refused. */
  | { readonly kind: 'delivered'; readonly rejected?: number; readonly reason?: string }
  /** The backend is down, or busy: the same batch may be taken later. */
  | {
      readonly kind: 'retry';
      readonly reason: string;
      /** When the backend wants to be asked again, in milliseconds from now. */
      readonly afterMs?: number;
      /** True when it lives and only has enough for now; that is no failure of it. */
      readonly isBusy?: boolean;
      /** True when the backend failed over this batch, as it may do over what is in it. */
      readonly mayBeBatch?: boolean;
    }
  /** Something in the batch is wrong; a part of it may be taken. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The batch is too large; a part of it may be taken. */
  | { readonly kind: 'too_large'; readonly reason: string }
  /** Nothing will be taken for now, whatever is sent: quota, a wrong key, a wrong path. */
  | { readonly kind: 'blocked'; readonly reason: string; readonly hint?: string };
