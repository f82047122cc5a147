/** Stands where something sensitive was. */
export const REDACTED = '[REDACTED]';
/** Stands where the gate failed on a value. */
export const REDACTION_FAILED = '[redaction failed]';
/** Stands where a value lies beyond the bounds of the gate. */
export const NOT_CHECKED = '[not checked]';
/** Stands where a property has a getter, which is not run. */
export const GETTER = '[Getter]';
/** Stands where a value holds itself. */
export const CIRCULAR = '[Circular]';
