import fc from 'fast-check'

/** The same cases in every run: a failure seen once is seen again. */
fc.configureGlobal({ seed: 164_514 })

export { fc }
