/** Why a file cannot be read, and what to do, in words for the visitor. */
export class FileError extends Error {}
