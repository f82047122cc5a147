'use strict';

exports.nodeRequire = require;
