import { describe, expect, it, vi } from 'vitest'
import { submitted } from './submit.ts'

/** Sends the form in the given state. */
const submit = (state: { wrong?: string; pending: boolean }) => {
  const [onSubmit, goTo] = [vi.fn(), vi.fn()]
  const event = { preventDefault: vi.fn(), stopPropagation: vi.fn() }
  const check = () => (state.wrong === undefined ? { input: 'what was typed' } : { wrong: state.wrong })
  submitted(event, { fields: { check }, pending: state.pending, onSubmit, goTo })
  return { onSubmit, goTo, event }
}

describe('a form that is to be sent', () => {
  it('is sent as it was checked, and not again while it is on its way', () => {
    expect(submit({ pending: false }).onSubmit).toHaveBeenCalledExactlyOnceWith('what was typed')
    expect(submit({ pending: true }).onSubmit).not.toHaveBeenCalled()
  })

  it('that has something wrong is not sent, and the person comes to the first field that is', () => {
    const { onSubmit, goTo } = submit({ pending: false, wrong: 'email' })
    expect(onSubmit).not.toHaveBeenCalled()
    expect(goTo).toHaveBeenCalledExactlyOnceWith('email')
  })

  it('is taken for its own neither by the browser nor by a form around the dialog', () => {
    const { event } = submit({ pending: false })
    expect(event.preventDefault).toHaveBeenCalled()
    expect(event.stopPropagation).toHaveBeenCalled()
  })
})
