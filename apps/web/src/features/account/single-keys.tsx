import { Checkbox } from '@mantine/core'
import { useSingleKeys } from '../../lib/keyboard/use-single-keys.ts'

/** Whoever speaks to the machine, or hits keys by chance, goes without shortcuts of a single key. */
export const SingleKeys = () => {
  const [act, setAct] = useSingleKeys()
  return (
    <Checkbox
      label="Shortcuts of single keys"
      description="“/” goes to the search of a page, “?” lists the shortcuts, “g” and a letter go to a page. This browser remembers the choice; Ctrl-K, or ⌘K, works in any case."
      checked={act}
      onChange={(event) => setAct(event.currentTarget.checked)}
    />
  )
}
