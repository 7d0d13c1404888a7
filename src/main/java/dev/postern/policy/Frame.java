package dev.postern.policy;

/**
 * One message under one expression.
 *
 * @param situation what facts are read from
 * @param bound what the variables of macros stand for just now, by number
 * @param effort what may still be done
 */
record Frame(Situation situation, Object[] bound, Effort effort) {}
