import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyStoredScheme } from '../lib/color-scheme.ts'
import { styleNonce } from '../lib/page-meta.ts'
import { colorSchemeManager, cssVariables, theme } from '../lib/theme.ts'

/** Draws an entry into its page, in the look that both entries share. */
export const mount = (content: ReactNode): void => {
  applyStoredScheme()
  // The scroll lock of modals makes a style tag of its own.
  setNonce(styleNonce())
  const root = document.getElementById('root')
  if (root === null) return
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        {content}
      </MantineProvider>
    </StrictMode>,
  )
}
