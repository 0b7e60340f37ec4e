import { ACTIONS, type Action, type ActionSpec, isAction } from '@chartward/audit'

const all: readonly Action[] = Object.keys(ACTIONS).filter(isAction)
const specOf = (action: Action): ActionSpec => ACTIONS[action]

const isChange = ({ change, records }: ActionSpec): boolean => change === 'required' || records === 'required'

/** Actions that show something of a patient. */
export const VIEWS: ReadonlySet<string> = new Set(
  all.filter((action) => {
    const spec = specOf(action)
    return (spec.category === 'patients' || spec.category === 'records') && !isChange(spec)
  }),
)

/** Actions that leave something other than it was. */
export const CHANGES: ReadonlySet<string> = new Set(all.filter((action) => isChange(specOf(action))))

/** Actions that open one patient or their records, as against finding them in a list. */
export const OPENED: readonly Action[] = all.filter(
  (action) => VIEWS.has(action) && specOf(action).patient === 'required',
)

/** The steps of signing in, and those of them that end with a full session. */
export const SIGN_IN_STEPS: readonly Action[] = [
  'auth.sign-in.password',
  'auth.sign-in.totp',
  'auth.sign-in.passkey',
  'auth.sign-in.recovery-code',
]
export const SIGNED_IN: ReadonlySet<string> = new Set([
  'auth.sign-in.totp',
  'auth.sign-in.passkey',
  'auth.sign-in.recovery-code',
])
