export declare function runFolder(): string;
