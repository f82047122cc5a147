/** True when two types are the same, `any` and `unknown` apart. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a type parameter in each arm is what compares them
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles for `true` alone. */
export type Holds<T extends true> = T;
