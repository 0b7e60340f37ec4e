/** Why the browser gave no passkey, in words for whoever was asked for one. */
export class NoPasskey extends Error {}
