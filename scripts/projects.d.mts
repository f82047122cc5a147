export declare function npm(folder: string, ...args: string[]): string;
export declare function installed(name: string): string;
export declare function nodeOf(major: number | string): string;
export declare function packed(): string;
export declare function addPackage(folder: string): void;
export declare function application(name: string): string;
