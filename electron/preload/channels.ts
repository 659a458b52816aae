/** Names of the two channels between page and shell: calls one way, events the other. */
export const callChannel = 'holdfast:call';
export const eventChannel = 'holdfast:event';
