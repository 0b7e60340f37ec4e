import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { IS_MAC, listenForKeys } from '../../../lib/keyboard/listen.ts'
import { spelled } from '../../../lib/keyboard/press.ts'
import type { Shortcut } from '../../../lib/keyboard/shortcuts.ts'
import { useShortcuts } from '../../../lib/keyboard/use-shortcuts.ts'
import { useSession } from '../../../lib/session/session.ts'
import { placesFor } from '../../nav.ts'
import classes from '../shell.module.css'

// Neither weighs on a page: they are fetched when they are first asked for.
const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))
const ShortcutList = lazy(() =>
  import('./shortcut-list.tsx').then((module) => ({ default: module.ShortcutList })),
)

const PALETTE_KEYS = 'Mod+K'

type Open = 'palette' | 'shortcuts'

/** The keys of the shell, the button that does the same as Ctrl-K, and what they open. */
export const CommandCenter = () => {
  const [open, setOpen] = useState<Open | null>(null)
  const [asked, setAsked] = useState<ReadonlySet<Open>>(new Set())
  const show = (what: Open) => {
    setAsked((before) => new Set([...before, what]))
    setOpen(what)
  }
  const close = (what: Open) => setOpen((now) => (now === what ? null : now))
  useShortcuts(useShellShortcuts(show))
  useEffect(listenForKeys, [])
  const keys = spelled(PALETTE_KEYS, IS_MAC).join(' ')
  return (
    <>
      <button
        type="button"
        className={classes.search}
        aria-keyshortcuts={IS_MAC ? 'Meta+K' : 'Control+K'}
        aria-label={`Search… ${keys}`}
        onClick={() => show('palette')}
      >
        <IconSearch size={16} aria-hidden="true" />
        <span className={classes.searchWord}>Search…</span>
        <kbd className={classes.searchKeys}>{keys}</kbd>
      </button>
      <Suspense fallback={null}>
        {asked.has('palette') ? (
          <Palette
            opened={open === 'palette'}
            onClose={() => close('palette')}
            onShortcuts={() => show('shortcuts')}
          />
        ) : null}
        {asked.has('shortcuts') ? (
          <ShortcutList opened={open === 'shortcuts'} onClose={() => close('shortcuts')} />
        ) : null}
      </Suspense>
    </>
  )
}

/** Those of the shell itself, and one for each place that the person may go to. */
const useShellShortcuts = (show: (what: Open) => void): readonly Shortcut[] => {
  const { permissions } = useSession()
  const navigate = useNavigate()
  return useMemo(
    () => [
      { keys: PALETTE_KEYS, label: 'Search and go to', group: 'Everywhere', run: () => show('palette') },
      { keys: '?', label: 'This list', group: 'Everywhere', run: () => show('shortcuts') },
      ...placesFor(permissions).map(
        ({ to, label, letter }): Shortcut => ({
          keys: `g ${letter}`,
          label,
          group: 'Go to',
          run: () => void navigate({ to }),
        }),
      ),
    ],
    [permissions],
  )
}
