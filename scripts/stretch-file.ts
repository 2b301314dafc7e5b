// Stretches a sound file under Node and says how it went.
import { stretchFile } from './stretch-command.ts';

try {
  // Paths are the caller's, wherever the script itself runs.
  console.log(stretchFile(process.argv.slice(2), process.env.ATOME_CALLED_FROM ?? '.'));
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}
