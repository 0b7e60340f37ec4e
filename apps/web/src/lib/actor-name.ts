import { sentence } from './format.ts'

/** What does something by itself, as people call it. A name that comes later is said as it is. */
const PROGRAMS: Readonly<Record<string, string>> = {
  audit: 'Audit log',
  'build-export': 'Export builder',
  deid: 'De-identification',
  demo: 'Demo',
  'do-work': 'Long work',
  'expire-release': 'Export clean-up',
  import: 'Import',
  init: 'Installation',
  install: 'Installation',
  'log-export': 'Log export',
  recover: 'Recovery',
  'withdraw-upload': 'Withdrawal of an upload',
}

/** Who did something: a person by their name, a program of the installation by what it is for. */
export const actorName = ({ kind, name }: { readonly kind: string; readonly name: string }): string =>
  kind === 'service' || kind === 'system' ? (PROGRAMS[name] ?? sentence(name)) : name

/** Of what kind that is; a row that somebody has changed may say anything. */
export const kindText = (kind: string): string =>
  kind === 'service' || kind === 'system' ? 'program of the installation' : sentence(kind).toLowerCase()
