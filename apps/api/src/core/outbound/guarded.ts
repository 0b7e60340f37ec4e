import { guardSockets } from './guard.ts'

/*
 * The first import of each program, and of each of its threads: nothing leaves that no destination is named
 * for.
 */
guardSockets()
