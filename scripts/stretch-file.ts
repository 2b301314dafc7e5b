// Stretches a sound file under Node and says how it went.
import { sentenceOf } from './shell.ts';
import { stretchFile } from './stretch-command.ts';

try {
  // Paths are the caller's, wherever the script itself runs.
  console.log(stretchFile(process.argv.slice(2), process.env.ATOME_CALLED_FROM ?? '.'));
} catch (thrown) {
  console.error(sentenceOf(thrown));
  process.exitCode = 1;
}
