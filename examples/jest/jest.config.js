/** Only cmpassport-mock/msw needs these settings: msw depends on packages that are ES modules. */
module.exports = {
  transform: {
    '\\.m?js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(?:rettime|until-async|@open-draft/deferred-promise)/)',
  ],
};
