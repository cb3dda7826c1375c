/** A style sheet imported for its effect: the build collects them into one. */
declare module '*.css';
