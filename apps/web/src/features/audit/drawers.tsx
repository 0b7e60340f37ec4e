import type { Steps } from '../../components/steps.ts'
import { EntryDrawer } from './entry-drawer.tsx'
import { LogDrawer } from './log-drawer.tsx'

interface Props {
  entry: string | null
  proof: boolean
  onClose: () => void
  onEntry: (id: string) => void
  steps: Steps
}

/** What opens beside the log: one entry, or the log as a whole. */
export const Drawers = ({ entry, proof, onClose, onEntry, steps }: Props) => (
  <>
    <EntryDrawer id={entry} onClose={onClose} steps={steps} />
    <LogDrawer opened={proof} onClose={onClose} onEntry={onEntry} />
  </>
)
