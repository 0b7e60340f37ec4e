import type { Fields } from './use-contract-form.ts'

interface Sending<Input> {
  readonly fields: Pick<Fields<Input>, 'check'>
  readonly pending: boolean
  readonly onSubmit: (input: Input) => void
  /** Takes the person to a field. */
  readonly goTo: (field: string) => void
}

type SubmitEvent = Pick<Event, 'preventDefault' | 'stopPropagation'>

/** What happens when a form is to be sent. */
export const submitted = <Input>(event: SubmitEvent, { fields, pending, onSubmit, goTo }: Sending<Input>) => {
  event.preventDefault()
  // React passes events through portals: a form around a dialog must not take its form's for its own.
  event.stopPropagation()
  if (pending) return
  const checked = fields.check()
  if ('wrong' in checked) goTo(checked.wrong)
  else onSubmit(checked.input)
}
