/** What Electron needs from the system, asked for all at once, so that there is one command to run and not three. */
import { displayIsMissing } from './display.mjs';
import { SetupFailed } from './say.mjs';
import { missingLibraries } from './system-libraries.mjs';
import { installCommand, installPackages } from './system-packages.mjs';

export async function requireSystem(runtime) {
  const libraries = await missingLibraries(runtime);
  const needs = [
    ...(libraries.length > 0
      ? [
          {
            thing: 'electron',
            why: `Electron needs system libraries that are missing (${named(libraries)}).`,
          },
        ]
      : []),
    ...(displayIsMissing()
      ? [{ thing: 'display', why: 'There is no display here, and no Xvfb to make a virtual one.' }]
      : []),
  ];
  if (needs.length === 0) return;
  const things = needs.map(({ thing }) => thing);
  await installPackages(things, needs.map(({ why }) => why).join('\n'));
  const left = await missingLibraries(runtime);
  if (left.length === 0) return;
  throw new SetupFailed(
    `Still missing after the installation: ${named(left)}.`,
    `Find the packages that hold them; usually these do:\n\n  ${await installCommand(things)}\n`,
  );
}

/** A few names are enough to recognise the case. */
function named(libraries) {
  const first = libraries.slice(0, 3).join(', ');
  return libraries.length > 3 ? `${first} and ${libraries.length - 3} more` : first;
}
