// Bundles a program of tests/simulator or tests/hostile for Node, which reads no imports without their extension.
import { build } from 'vite';
import { inProject } from './runStep.ts';

/** The path of the built program. Packages stay outside. */
export async function buildProof(folder, name) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject('.'),
    publicDir: false,
    build: {
      ssr: inProject('tests', folder, `${name}.ts`),
      outDir: inProject('out', 'proof', name),
      target: 'esnext',
      minify: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return inProject('out', 'proof', name, `${name}.mjs`);
}
