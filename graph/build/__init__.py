"""The order of it all: a plan is read, stages run one after another, a release is served. What stages do is theirs."""
