// Builds the page before the tests, when it is not built yet or its sources changed.
import { build } from '../../scripts/build.mjs';

export default async function globalSetup(): Promise<void> {
  await build();
}
