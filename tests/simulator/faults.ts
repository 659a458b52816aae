/** Everything that befalls an organisation in a simulated year. */
import { faultsOfContent } from './faultsOfContent';
import { faultsOfDevices } from './faultsOfDevices';
import { faultsOfFiles } from './faultsOfFiles';
import type { Fault } from './misfortune';

export const faults: readonly Fault[] = [...faultsOfFiles, ...faultsOfDevices, ...faultsOfContent];
