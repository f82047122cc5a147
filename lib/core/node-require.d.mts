/** A `require` rooted at this package, for peers that load synchronously; one file for each module format. */
export declare const nodeRequire: NodeJS.Require;
