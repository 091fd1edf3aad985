/** Hands a file to the browser's download; in the desktop window this is the save dialog of the system. */
export function offerFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken hold of it by then; without this the content would stay in memory.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
