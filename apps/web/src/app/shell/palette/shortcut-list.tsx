import { Link } from '@tanstack/react-router'
import { Dialog } from '../../../components/dialog.tsx'
import { IS_MAC } from '../../../lib/keyboard/listen.ts'
import { spelled } from '../../../lib/keyboard/press.ts'
import { isSingle, type Shortcut } from '../../../lib/keyboard/shortcuts.ts'
import { useActingShortcuts } from '../../../lib/keyboard/use-shortcuts.ts'
import { useSingleKeys } from '../../../lib/keyboard/use-single-keys.ts'
import classes from './shortcut-list.module.css'

const GROUPS: readonly Shortcut['group'][] = ['Everywhere', 'On this page', 'Go to']

/** The shortcuts that act on this page, as they are registered. */
export const ShortcutList = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} title="Keyboard shortcuts">
    <Groups onClose={onClose} />
  </Dialog>
)

const Groups = ({ onClose }: { onClose: () => void }) => {
  const [singleKeys] = useSingleKeys()
  const shown = useActingShortcuts().filter((one) => singleKeys || !isSingle(one))
  return (
    <>
      {GROUPS.map((group) => {
        const own = shown.filter((one) => one.group === group)
        return own.length === 0 ? null : (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {own.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    {spelled(keys, IS_MAC).map((key, place) => (
                      <kbd key={place} className={classes.key}>
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
      <p className={classes.note}>
        {singleKeys
          ? 'Single keys do nothing while you type, or in a dialog. '
          : 'Shortcuts of single keys are switched off in this browser. '}
        <Link to="/account" onClick={onClose}>
          {singleKeys ? 'Switch them off' : 'Switch them on'}
        </Link>
      </p>
    </>
  )
}
