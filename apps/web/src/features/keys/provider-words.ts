import type { KmsKind, KmsProblem } from '@chartward/contract'

/** Where the root key is, in people's words. */
export const WHERE: Readonly<Record<KmsKind, string>> = {
  local: 'A key file beside the server',
  passphrase: 'A key file under a passphrase',
  aws: 'AWS KMS',
  vault: 'Vault or OpenBao, Transit',
  pkcs11: 'A PKCS #11 token',
  unknown: 'A key store that is not known',
}

/** What is wrong, and who can mend it. */
export const WRONG: Readonly<Record<KmsProblem, string>> = {
  unreachable: 'It can not be reached. Whoever runs the network or the key store has to look.',
  'not-admitted':
    'Its address is not of the internet, or is spoken to without TLS, and nobody has named it for that. The operator can, in CHARTWARD_OUTBOUND_PRIVATE.',
  certificate: 'Its certificate is not known, or is of another name. The operator has to look.',
  late: 'It takes too long to answer.',
  throttled: 'It answers fewer requests than it gets.',
  failing: 'It reports an error of its own. Whoever runs it has to look.',
  denied: 'It refuses us: the credentials have ended, or may not use the key any more.',
  credentials: 'Our credentials for it can not be read. The operator has to look at their file.',
  disabled: 'Its key is disabled, or gone. Whoever runs it can enable the key again.',
  'not-built': 'What speaks to it is not installed on this machine.',
  'wrong-answer':
    'It answers with something that was not asked for. It may not be the one that it seems to be.',
  'other-key':
    'It answers with another key than the one asked for: rows were changed in the database, or it can not be trusted. The security officer has to look.',
  'other-installation': 'It answers with a key of another installation.',
  'unwrap-failed':
    'A key does not unwrap: its row was changed in the database, or what wrapped it is gone. The security officer has to look.',
  'not-set-up':
    'A key was wrapped by a key store that this server is not set up with. The operator has to look.',
}
