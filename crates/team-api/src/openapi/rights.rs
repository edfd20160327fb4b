//! What can be asked of rights, roles and departments.

use utoipa::openapi::HttpMethod::{Delete, Get, Patch, Post, Put};

use super::operation::Operation;
use crate::{
    Department, Departments, EditDepartment, MyRights, NewDepartment, PutRole, PutUserRights, RoleRow, Roles,
    UserRights, code, path,
};

pub(super) fn all() -> Vec<Operation> {
    let owner = "For the system owner. It holds at once, in every open stream.";
    let admin = "For administrators, of the departments that they administer. It holds at once, in every open stream.";
    let everybody = "For those who administer everybody.";
    vec![
        Operation::new(Get, path::MY_RIGHTS, "my_rights", "What one may see and do")
            .signed_in()
            .answers::<MyRights>(200, "Department, role, switches."),
        Operation::new(Get, path::USER_RIGHTS, "user_rights", "What somebody may see and do")
            .says("For administrators, of those whom they administer.")
            .administrator()
            .in_path("id", "Id of the user.")
            .answers::<UserRights>(200, "Department, role, switches.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Put, path::USER_RIGHTS, "put_user_rights", "Say what somebody may see and do")
            .says(admin)
            .administrator()
            .in_path("id", "Id of the user.")
            .takes::<PutUserRights>()
            .answers::<UserRights>(200, "As it is now.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::RIGHTS_CHANGED)
            .refuses(409, code::LAST_OWNER),
        Operation::new(Get, path::DEPARTMENTS, "departments", "Which departments there are")
            .says("For administrators: those that they administer.")
            .administrator()
            .answers::<Departments>(200, "By name."),
        Operation::new(Post, path::DEPARTMENTS, "create_department", "Make a department")
            .says(everybody)
            .administrator()
            .takes::<NewDepartment>()
            .answers::<Department>(201, "The department.")
            .refuses(409, code::DEPARTMENT_TAKEN)
            .refuses(409, code::TOO_MANY_DEPARTMENTS)
            .refuses(422, code::DEPARTMENT_NAME),
        Operation::new(Patch, path::DEPARTMENT, "rename_department", "Rename a department")
            .says(everybody)
            .administrator()
            .in_path("id", "Its id.")
            .takes::<EditDepartment>()
            .answers::<Department>(200, "The department as it is now.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::DEPARTMENT_CHANGED)
            .refuses(409, code::DEPARTMENT_TAKEN)
            .refuses(422, code::DEPARTMENT_NAME),
        Operation::new(Delete, path::DEPARTMENT, "delete_department", "Delete a department that nobody belongs to")
            .says(everybody)
            .administrator()
            .in_path("id", "Its id.")
            .query::<u64>("version", true, "The version that this is made on.")
            .answers_nothing(204, "It is gone; nobody watches over it any more.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::DEPARTMENT_CHANGED)
            .refuses(409, code::DEPARTMENT_IN_USE),
        Operation::new(Get, path::ROLES, "roles", "What each role allows")
            .says("For the system owner.")
            .administrator()
            .answers::<Roles>(200, "The least first."),
        Operation::new(Put, path::ROLE, "put_role", "Say what a role allows")
            .says(owner)
            .administrator()
            .in_path("id", "The role's word.")
            .takes::<PutRole>()
            .answers::<RoleRow>(200, "The role as it is now.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::RIGHTS_CHANGED)
            .refuses(409, code::LAST_OWNER),
    ]
}
