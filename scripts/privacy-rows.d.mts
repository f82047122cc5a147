export declare const decodedRows: readonly (readonly [what: string, example: string])[];
export declare const passedRows: readonly { readonly what: string; readonly example: string }[];
