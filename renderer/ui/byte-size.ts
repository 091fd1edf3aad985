const units = ['bytes', 'KB', 'MB', 'GB'];

/** A size as people say it: "512 bytes", "12 KB", "3.4 MB". */
export function byteSize(bytes: number): string {
  if (bytes === 1) return '1 byte';
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power > 1 ? 1 : 0)} ${units[power] ?? ''}`;
}
