import { Modal, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { FailureNotice } from '../../../components/failure-notice.tsx'
import { GROUPS, type PaletteItem, usePaletteItems } from './items.tsx'
import classes from './palette.module.css'

interface Props {
  opened: boolean
  onClose: () => void
  onShortcuts: () => void
}

const LIST = 'cw-palette'
const [store, palette] = createSpotlight()

/** Where one can go, what one can do, and whom one can look up, from the keyboard. */
export const Palette = ({ opened, onClose, onShortcuts }: Props) => {
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (opened) palette.open()
  }, [opened])
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      scrollable
      maxHeight="min(26rem, 60dvh)"
      yOffset="12dvh"
      zIndex={300}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <Content typed={query} onShortcuts={onShortcuts} />
    </Spotlight.Root>
  )
}

const Content = ({ typed, onShortcuts }: { typed: string; onShortcuts: () => void }) => {
  const { items, pending, failure } = usePaletteItems(typed.trim(), onShortcuts)
  const { selected } = useSpotlight(store)
  const first = items[0]?.key
  // What the server sends comes later than what was typed: Enter always has something to act on.
  useEffect(() => {
    store.updateState((state) => ({ ...state, selected: 0 }))
  }, [first])
  const active = items[selected]
  return (
    <>
      <VisuallyHidden>
        <Modal.Title>Search and go to</Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search
        placeholder="A page, an action, a person or a patient"
        aria-label="Search pages, actions, users and patients"
        role="combobox"
        aria-expanded
        aria-controls={LIST}
        aria-autocomplete="list"
        {...(active === undefined ? {} : { 'aria-activedescendant': idOf(active.key) })}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList id={LIST} role="listbox" aria-label="What was found">
        {GROUPS.map((group) => {
          const own = items.filter((item) => item.group === group)
          return own.length === 0 ? null : (
            <Spotlight.ActionsGroup key={group} label={group} role="group" aria-label={group}>
              {own.map((item) => (
                <Option key={item.key} id={idOf(item.key)} item={item} selected={item === active} />
              ))}
            </Spotlight.ActionsGroup>
          )
        })}
      </Spotlight.ActionsList>
      <div aria-live="polite" className={classes.said}>
        {pending ? 'Searching…' : items.length === 0 && failure === null ? 'Nothing found' : null}
        {failure === null ? null : <FailureNotice failure={failure} />}
      </div>
    </>
  )
}

/** Not spotlight's own: that takes no id, and the field has to name the one that is selected. */
const Option = ({ id, item, selected }: { id: string; item: PaletteItem; selected: boolean }) => {
  const { label, description, hint, icon: Icon, run, stays = false } = item
  return (
    <UnstyledButton
      id={id}
      role="option"
      className={classes.option ?? ''}
      aria-selected={selected}
      data-action
      data-selected={selected || undefined}
      tabIndex={-1}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        if (!stays) palette.close()
        run()
      }}
    >
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <span className={classes.label}>
        {label}
        {description === undefined ? null : <span className={classes.description}>{description}</span>}
      </span>
      {hint === undefined ? null : <kbd className={classes.key}>{hint}</kbd>}
    </UnstyledButton>
  )
}

const idOf = (key: string): string => `${LIST}-${key.replaceAll(/[^A-Za-z0-9-]/g, '-')}`
