export declare function cacheRoot(): string;
export declare function fingerprint(...inputs: unknown[]): string;
export declare function isComplete(directory: string): boolean;
export declare function installOnce(
  directory: string,
  what: string,
  fill: (temporary: string, final: string) => Promise<void> | void,
): Promise<string>;
export declare function needSpace(directory: string, megabytes: number, what: string): void;
