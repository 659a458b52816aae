/** Names of the two channels between page and shell. */
export const callChannel = 'holdfast:call';
export const commandChannel = 'holdfast:command';
