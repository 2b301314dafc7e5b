// The browser's own dialog for choosing sound files and projects.

const accepted =
  'audio/*,video/*,.wav,.wave,.aif,.aiff,.flac,.mp3,.m4a,.aac,.ogg,.oga,.opus,.webm,.mp4,.mov,.atome,.zip';

/** Resolves to what was chosen; to nothing when the dialog was left. */
export function chooseFiles(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = accepted;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
