class UserNotFound extends Error {
  constructor(id) {
    super(`user ${id} not found`);
    this.name = 'UserNotFound';
    this.code = 'USER_NOT_FOUND';
  }
}

exports.findUser = function findUser(id) {
  throw new UserNotFound(id);
};
