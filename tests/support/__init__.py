"""What tests share: helpers that hold no tests of the product. Each room serves the tests of one part."""
